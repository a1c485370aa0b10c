namespace Overmind.Memory.Forming;

/// <summary>What becomes of something that was said, beside what is known.</summary>
enum FormingAction
{
    /// <summary>It is new; of the same key it takes the place of what was said before.</summary>
    Add,

    /// <summary>It says of a memory more, or in better words.</summary>
    Update,

    /// <summary>It contradicts a memory and takes its place.</summary>
    Supersede,

    /// <summary>It is known.</summary>
    None,
}
