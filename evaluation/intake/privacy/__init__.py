"""What must never reach the analytic database, looked for in every cell, header and sheet name."""
