"""What a header and an answer mean, whoever typed them: codes, labels, aliases, dates, regions."""
