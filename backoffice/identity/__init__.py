"""Who is who: residents, sign-in, sessions, the access log and the vault of personal numbers."""
