"""Who sits at the desk, what that person may do, and how sign-in is set up."""
