"""Write rules as a form: a draft is its document, and the form is a view of it."""
