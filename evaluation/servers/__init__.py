"""The servers on which forms are filled in, KoboToolbox and ODK Central: the only room that calls
out, and only when somebody names a server."""
