"""Why an entry needs eyes, one module for each family of causes. In: both sides. Out: site ids with causes."""
