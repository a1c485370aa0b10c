drop table overmind.embedding_migrations;
