namespace Overmind.Client;

sealed record TagMerge(string Tag, string Into);
