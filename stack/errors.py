"""What can keep the stack from standing, named by what to do about it."""

from __future__ import annotations


class StackError(Exception):
    """Something the person at the keyboard can change; the message names it and the way out."""


class WrongSetting(StackError):
    """A setting (environment variable or line of `.env`) has a value that cannot be used."""


class PortTaken(StackError):
    """Another program listens where one of ours should."""


class FolderInUse(StackError):
    """Another `make run` works in this data folder."""


class StoreMismatch(StackError):
    """What lies in the data folder was made by something other than what would open it now."""


class NotFound(StackError):
    """A program this machine needs is not on it, and cannot be had by ourselves."""


class ChildFailed(StackError):
    """A child ended, or did not answer in time; the message ends with its last lines."""
