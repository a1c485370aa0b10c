namespace Overmind.Cli.Configuration;

/// <summary>One thing that an operator may set.</summary>
/// <param name="Name">In the file; in capitals behind <c>OVERMIND_</c> it is the environment variable.</param>
/// <param name="Description">What it does, one sentence without a full stop.</param>
/// <param name="Default">Null: nothing is set.</param>
sealed record Setting(string Name, SettingType Type, string? Default, string Description)
{
    public string Variable { get; } = Settings.Prefix + Name.ToUpperInvariant();

    /// <summary>As <c>--port</c>; null where no verb has a flag for it.</summary>
    public string? Flag { get; init; }

    /// <summary>Never shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>False for what says where the file is.</summary>
    public bool InFile { get; init; } = true;

    /// <summary>What stands for the default in the documentation, where that is not a value.</summary>
    public string DefaultWords { get; init; } = Default ?? "";

    /// <summary>The value as it may be shown.</summary>
    public string? Shown(string? value) =>
        value is null ? null : IsSecret ? "********" : Type.HoldsPassword ? SettingType.Masked(value) : value;
}
