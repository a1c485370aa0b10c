drop table overmind.workers;
