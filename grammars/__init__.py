"""The grammars of netstat: a package for each system, a module for each group of tables, the words beside them."""
