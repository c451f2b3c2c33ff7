-- Makes the local database, which is SQLite, when the app runs without a connection string for the first time.
-- In MySQL the last column is TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP: triggers go by it.
CREATE TABLE guests (
  id INTEGER PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  room INT,
  az_func_updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);

INSERT INTO guests (id, name, room) VALUES (1, 'ann', 12), (2, 'bob', 14);
