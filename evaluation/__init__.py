"""The evaluation of the pilot: everything but the order of the steps, which is in `flows`."""
