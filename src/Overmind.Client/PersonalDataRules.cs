namespace Overmind.Client;

/// <summary>What is done to a message with data of a person in it: <c>flag</c>, <c>block</c> or <c>off</c>.</summary>
public sealed record PersonalDataRules
{
    public string Email { get; init; } = "off";

    public string Phone { get; init; } = "off";

    /// <summary>The number of a payment card.</summary>
    public string Card { get; init; } = "off";

    public string Iban { get; init; } = "off";

    public string NationalId { get; init; } = "off";
}
