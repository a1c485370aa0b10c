namespace Overmind.Conversations.Templates;

/// <summary>What a variable of a context template takes.</summary>
public enum TemplateVariableType
{
    /// <summary>A text.</summary>
    String,

    /// <summary>A number, written as it was given.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of some texts.</summary>
    Enum,
}
