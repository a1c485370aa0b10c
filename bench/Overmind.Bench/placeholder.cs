namespace Overmind.Bench;
