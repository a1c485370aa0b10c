namespace Overmind.WebConsole.Layout;

/// <summary>Where a page stands with what it shows.</summary>
public enum LoadState
{
    Loading,
    Ready,

    /// <summary>There is no such thing, or it is not the member's to see: the same answer.</summary>
    NotFound,

    /// <summary>The member's role does not allow it.</summary>
    Denied,

    /// <summary>The database could not be asked; trying again may help.</summary>
    Failed,
}
