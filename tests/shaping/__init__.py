"""What is prepared for a document answers as graphql-core alone does."""
