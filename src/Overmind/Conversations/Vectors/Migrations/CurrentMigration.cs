using Overmind.Models;

namespace Overmind.Conversations.Vectors.Migrations;

/// <summary>A migration of the embeddings in the hands of a job.</summary>
/// <param name="Model">The one that takes the place of another, with the dimensions and version that it had when the migration began.</param>
/// <param name="Moves">Whether vectors may be moved or taken away: nobody searches by what they were any more.</param>
sealed record CurrentMigration(Guid Id, Guid JobId, MigrationState State, ModelReference Model, int Dimensions, string Version, bool Moves);
