using Overmind.Models;

namespace Overmind.Conversations.Vectors.Migrations;

/// <summary>A model as the database knows it.</summary>
sealed record StoredModel(Guid Id, ModelReference Reference, int Dimensions);
