namespace Overmind.Jobs.Webhooks;

/// <summary>A webhook would have gone where it must not.</summary>
sealed class AddressNotAllowedException(string message) : IOException(message);
