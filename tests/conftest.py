"""What holds for all tests: a slow machine makes no property false."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
