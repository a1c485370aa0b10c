namespace Overmind;

/// <summary>A secret could not be encrypted or decrypted. The message says what to do, holds nothing of it, and may be shown to users.</summary>
public sealed class SecretCipherException(string message, Exception? inner = null) : Exception(message, inner);
