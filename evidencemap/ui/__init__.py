"""How it is seen and touched: all Qt, and nothing else imports it."""
