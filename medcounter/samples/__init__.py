"""Invented residents who show what rules do: made, named and compared.

A place's rules say whom they tell apart; whoever compares two states of them asks the
same people of both. Knows no file and no signature.
"""
