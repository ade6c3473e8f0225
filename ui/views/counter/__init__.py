"""The form on the left, the decision on the right, and the notice that follows."""
