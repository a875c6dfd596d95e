"""What runs after what. Importing this package first makes sure that nothing phones home."""

from flows.environment import stay_at_home

stay_at_home()
