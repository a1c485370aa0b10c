namespace Overmind.Conversations.Transfers;

/// <summary>A conversation of a file cannot be imported; the message says why.</summary>
sealed class TransferException(string message) : Exception(message);
