using Overmind.Models;

namespace Overmind.Conversations.Vectors;

/// <summary>The model whose vectors are searched, as the database says.</summary>
/// <param name="Version">Vectors are comparable only within one.</param>
/// <param name="IsMoving">Whether a migration of the embeddings has just made it the active one, and vectors of the one before are left.</param>
sealed record ActiveModel(ModelReference Reference, int Dimensions, string Version, bool IsMoving);
