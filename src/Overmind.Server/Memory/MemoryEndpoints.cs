using Overmind.Access;
using Overmind.Conversations;
using Overmind.Errors;
using Overmind.Memory;
using Overmind.Memory.Consolidation;
using Overmind.Server.Http;

namespace Overmind.Server.Memory;

/// <summary><c>/v1/memories</c>.</summary>
sealed class MemoryEndpoints(MemoryService memories, MemoryDecayService decay, ConsolidationService consolidation)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/memories", CreateAsync);
        routes.Get("/v1/memories", ListAsync);
        routes.Get("/v1/memories/stats", StatsAsync);
        routes.Post("/v1/memories/delete", DeleteManyAsync);
        routes.Post("/v1/memories/prune", PruneAsync);
        routes.Post("/v1/memories/consolidate", ConsolidateAsync);
        routes.Get("/v1/memories/{memory_id}", GetAsync);
        routes.Patch("/v1/memories/{memory_id}", UpdateAsync);
        routes.Delete("/v1/memories/{memory_id}", DeleteAsync);
        routes.Post("/v1/memories/{memory_id}/restore", RestoreAsync);
        routes.Get("/v1/memories/{memory_id}/versions", VersionsAsync);
        routes.Post("/v1/memories/{memory_id}/versions/{version_number}/restore", RestoreVersionAsync);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var memory = new NewMemory
        {
            Id = http.NewResourceId(),
            MemoryType = body.RequiredWord<MemoryType>("memory_type"),
            Content = body.Text("content"),
            ContentParts = body.Json("content_parts"),
            OwnerType = body.Word<MemoryOwner>("owner_type") ?? MemoryOwner.User,
            OwnerId = body.Id("owner_id"),
            DatastoreId = body.Id("datastore_id"),
            Visibility = body.Word<Visibility>("visibility"),
            Category = body.Text("category"),
            Tags = body.Texts("tags") ?? [],
            Metadata = body.Json("metadata"),
            Importance = body.Number("importance") ?? 0.5,
            DecayRate = body.Number("decay_rate") ?? 0.1,
            Pinned = body.Flag("pinned") ?? false,
            ExpiresAt = body.Time("expires_at"),
            ValidFrom = body.Time("valid_from"),
            RelatedMemories = body.Ids("related_memories") ?? [],
            Source = body.Word<MemorySource>("source"),
            SourceMessageId = body.Id("source_message_id"),
        };
        body.End();
        var (made, isNew) = await memories.CreateAsync(caller.Claims, memory, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/memories/{made.Id}";
        await WriteAsync(http, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, made);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("memory_type", "category", "owner_type", "owner_id", "tag", "pinned", "current", "source_message_id", "datastore_id", "reader_id");
        var filter = new MemoryFilter
        {
            MemoryType = http.Request.WordParameter<MemoryType>("memory_type"),
            Category = http.Request.TextParameter("category"),
            OwnerType = http.Request.WordParameter<MemoryOwner>("owner_type"),
            OwnerId = http.Request.IdParameter("owner_id"),
            DatastoreId = http.Request.IdParameter("datastore_id"),
            ReaderId = http.Request.IdParameter("reader_id"),
            Tag = http.Request.TextParameter("tag"),
            Pinned = http.Request.BooleanParameter("pinned"),
            Current = http.Request.BooleanParameter("current"),
            SourceMessageId = http.Request.IdParameter("source_message_id"),
        };
        var found = await memories.ListAsync(caller.Claims, filter, page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<MemoryItem>.Of(found, m => m.Id), ServerJson.Default.ListResponseMemoryItem);
    }

    async Task StatsAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await http.WriteJsonAsync(StatusCodes.Status200OK, await memories.StatsAsync(caller.Claims, http.RequestAborted), ServerJson.Default.MemoryStats);
    }

    async Task DeleteManyAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var expected = body.RequiredInteger("expected_count");
        var filter = new MemoryFilter
        {
            MemoryType = body.Word<MemoryType>("memory_type"),
            Category = body.Text("category"),
            OwnerType = body.Word<MemoryOwner>("owner_type"),
            OwnerId = body.Id("owner_id"),
            DatastoreId = body.Id("datastore_id"),
            Tag = body.Text("tag"),
            Pinned = body.Flag("pinned"),
            Current = body.Flag("current"),
            SourceMessageId = body.Id("source_message_id"),
        };
        body.End();
        if (expected < 0)
            throw new OvermindException(ErrorCode.InvalidValue, "expected_count is 0 or more.", "expected_count");
        var count = await memories.DeleteAsync(caller.Claims, filter, expected, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedMemories(count), ServerJson.Default.DeletedMemories);
    }

    async Task PruneAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var dryRun = body.Flag("dry_run") ?? true;
        body.End();
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, await decay.PruneAsync(caller.Claims, dryRun, http.RequestAborted), ServerJson.Default.MemoryPruning);
    }

    async Task ConsolidateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var dryRun = body.Flag("dry_run") ?? true;
        body.End();
        await http.WriteJsonAsync(
            StatusCodes.Status200OK, await consolidation.ConsolidateAsync(caller.Claims, dryRun, http.RequestAborted), ServerJson.Default.MemoryConsolidation);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, StatusCodes.Status200OK, await memories.GetAsync(caller.Claims, http.MemoryId(), http.RequestAborted));
    }

    async Task UpdateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new MemoryPatch
        {
            Content = body.Text("content"),
            ContentParts = body.Json("content_parts"),
            DatastoreId = body.Change("datastore_id", body.Id),
            Category = body.Change("category", body.Text),
            Visibility = body.Word<Visibility>("visibility"),
            Tags = body.Texts("tags"),
            Metadata = body.Json("metadata"),
            Importance = body.Number("importance"),
            DecayRate = body.Number("decay_rate"),
            Pinned = body.Flag("pinned"),
            ExpiresAt = body.Change("expires_at", body.Time),
            ValidUntil = body.Change("valid_until", body.Time),
            SupersededBy = body.Change("superseded_by", body.Id),
            RelatedMemories = body.Ids("related_memories"),
            ChangeReason = body.Text("change_reason"),
        };
        body.End();
        var unchangedSince = EntityTag.Required(http.Request);
        await WriteAsync(http, StatusCodes.Status200OK, await memories.UpdateAsync(caller.Claims, http.MemoryId(), patch, unchangedSince, http.RequestAborted));
    }

    async Task DeleteAsync(HttpContext http, Caller caller)
    {
        var id = http.MemoryId();
        await memories.DeleteAsync(caller.Claims, id, EntityTag.Required(http.Request), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "memory.deleted"), ServerJson.Default.DeletedResponse);
    }

    async Task RestoreAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        body.End();
        await WriteAsync(http, StatusCodes.Status200OK, await memories.RestoreAsync(caller.Claims, http.MemoryId(), http.RequestAborted));
    }

    async Task VersionsAsync(HttpContext http, Caller caller)
    {
        var found = await memories.VersionsAsync(caller.Claims, http.MemoryId(), http.Request.Page(), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<MemoryVersion>.Of(found, v => v.Id), ServerJson.Default.ListResponseMemoryVersion);
    }

    async Task RestoreVersionAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var reason = body.Text("change_reason");
        body.End();
        await WriteAsync(
            http, StatusCodes.Status200OK,
            await memories.RestoreVersionAsync(caller.Claims, http.MemoryId(), http.MemoryVersionNumber(), reason, http.RequestAborted));
    }

    static Task WriteAsync(HttpContext http, int status, MemoryItem memory) =>
        http.WriteJsonAsync(status, memory, memory.UpdatedAt, ServerJson.Default.MemoryItem);
}
