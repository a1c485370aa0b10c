namespace Overmind.Conversations.Moderation;

/// <summary>What is done to a message with data of a person in it. Default: nothing.</summary>
public sealed record PersonalDataRules
{
    /// <summary>An e-mail address.</summary>
    public ModerationAction Email { get; init; }

    /// <summary>A phone number that begins with + or 0, of 9 to 15 digits.</summary>
    public ModerationAction Phone { get; init; }

    /// <summary>The number of a payment card: 13 to 19 digits whose check digit is right.</summary>
    public ModerationAction Card { get; init; }

    /// <summary>An IBAN whose check digits are right.</summary>
    public ModerationAction Iban { get; init; }

    /// <summary>A number of a person that has check digits, and they are right: a Spanish DNI or NIE, a French NIR, a Brazilian CPF.</summary>
    public ModerationAction NationalId { get; init; }
}
