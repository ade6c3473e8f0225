"""The form on the left, the result on the right, and the notice."""
