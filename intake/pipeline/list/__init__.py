"""The list: changes that two people agree on, versions, notices, contacts, upgrade paths."""
