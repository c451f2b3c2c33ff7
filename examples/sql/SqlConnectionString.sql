-- Makes the local database, which is SQLite, when the app runs without a connection string for the first time.
CREATE TABLE dbo.Products (
  Id INT PRIMARY KEY,
  Name NVARCHAR(100) NOT NULL,
  Cost INT
);

INSERT INTO dbo.Products VALUES (1, 'tea', 4), (2, 'coffee', 6);
