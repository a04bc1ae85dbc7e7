"""Signing in: allauth does it; what the desk says to it stands here (K1)."""
