"""Signing in by the company's own provider: OpenID Connect and SAML, as administrators set it up.

allauth speaks the protocols. Here stands what it is told about the providers, what is checked
besides, who comes in, and what groups mean (docs/decisions/sign-in.md).
"""
