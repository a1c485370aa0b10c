using System.Text.Json.Serialization;

namespace Overmind.Conversations.Vectors.Migrations;

/// <summary>How far a migration of the embeddings is.</summary>
[JsonConverter(typeof(LowerSnakeEnum<MigrationState>))]
enum MigrationState
{
    /// <summary>Vectors of the new model are made; the former one is searched.</summary>
    Running,

    /// <summary>The new model is searched; its vectors move to where they stay, and the former ones go.</summary>
    Moving,

    /// <summary>All have moved.</summary>
    Completed,

    /// <summary>It was given up; what was made is taken away.</summary>
    Cancelling,

    /// <summary>Nothing of it is left.</summary>
    Cancelled,
}
