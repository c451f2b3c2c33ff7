"""SQL and MySQL databases as bindings use them: the local one in SQLite, MySQL and SQL Server over their drivers."""
