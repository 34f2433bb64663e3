"""A desktop practice room for sales conversations: speak, be heard, see what worked. Everything stays offline."""

__version__ = "0.1.0"
