"""What the HTML report shows, as values for its templates: a review or a comparison in, rows and cards out.

Beside them the templates, the style and the script. Text in the values is a stranger's, as it is: the templates escape.
"""
