"""The report that a user sends with a bug: text only; private names are left out of it."""
