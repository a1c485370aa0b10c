namespace Overmind.Server.Http;

/// <summary>What a request may hold.</summary>
static class ServerLimits
{
    /// <summary>A message of 1 MiB takes up to six times its size when a client escapes every character in JSON.</summary>
    public const int MaxBodyBytes = 8 * 1024 * 1024;
}
