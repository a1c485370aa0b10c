using Overmind.Access;
using Overmind.Errors;
using Overmind.Server.Http;
using Overmind.Usage.Budgets;

namespace Overmind.Server.Usage;

/// <summary><c>/v1/budgets</c>.</summary>
sealed class BudgetEndpoints(BudgetService budgets)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/v1/budgets", CreateAsync);
        routes.Get("/v1/budgets", ListAsync);
        routes.Get("/v1/budgets/{budget_id}", GetAsync);
        routes.Patch("/v1/budgets/{budget_id}", ChangeAsync);
        routes.Delete("/v1/budgets/{budget_id}", DeleteAsync);
        routes.Get("/v1/budgets/{budget_id}/subjects", SubjectsAsync);
    }

    async Task CreateAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var budget = new NewBudget
        {
            Id = http.NewResourceId(),
            Name = body.RequiredText("name"),
            Dimension = body.RequiredWord<BudgetDimension>("dimension"),
            Subject = body.Text("subject"),
            Period = body.RequiredWord<BudgetPeriod>("period"),
            Unit = body.RequiredWord<BudgetUnit>("unit"),
            Currency = body.Text("currency"),
            LimitAmount = body.Amount("limit_amount")
                ?? throw new OvermindException(ErrorCode.MissingField, "limit_amount is missing: what may be used in a period; 0 for nothing.", "limit_amount"),
            SoftRatio = body.Amount("soft_ratio") ?? 0.8m,
            OnLimit = body.Word<BudgetLimitAction>("on_limit") ?? BudgetLimitAction.Block,
            SecondLimit = body.Amount("second_limit"),
            IsActive = body.Flag("is_active") ?? true,
        };
        body.End();
        var made = await budgets.CreateAsync(caller.Claims, budget, http.RequestAborted);
        http.Response.Headers.Location = $"/v1/budgets/{made.Id}";
        await http.WriteJsonAsync(StatusCodes.Status201Created, made, made.UpdatedAt, ServerJson.Default.Budget);
    }

    async Task ListAsync(HttpContext http, Caller caller)
    {
        var page = http.Request.Page("dimension");
        var found = await budgets.ListAsync(caller.Claims, http.Request.WordParameter<BudgetDimension>("dimension"), page, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, ListResponse<Budget>.Of(found, b => b.Id), ServerJson.Default.ListResponseBudget);
    }

    async Task GetAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly();
        await WriteAsync(http, await budgets.GetAsync(caller.Claims, http.BudgetId(), http.RequestAborted));
    }

    async Task ChangeAsync(HttpContext http, Caller caller)
    {
        using var body = await RequestBody.ReadAsync(http);
        var patch = new BudgetPatch
        {
            Name = body.Text("name"),
            LimitAmount = body.Amount("limit_amount"),
            SoftRatio = body.Amount("soft_ratio"),
            OnLimit = body.Word<BudgetLimitAction>("on_limit"),
            SecondLimit = body.Change("second_limit", body.Amount),
            IsActive = body.Flag("is_active"),
        };
        body.End();
        await WriteAsync(http, await budgets.ChangeAsync(caller.Claims, http.BudgetId(), patch, EntityTag.Required(http.Request), http.RequestAborted));
    }

    async Task DeleteAsync(HttpContext http, Caller caller)
    {
        var id = http.BudgetId();
        await budgets.DeleteAsync(caller.Claims, id, EntityTag.Required(http.Request), http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new DeletedResponse(id, "budget.deleted"), ServerJson.Default.DeletedResponse);
    }

    async Task SubjectsAsync(HttpContext http, Caller caller)
    {
        http.Request.AllowOnly("limit");
        var found = await budgets.SubjectsAsync(caller.Claims, http.BudgetId(), http.Request.IntegerParameter("limit") ?? 20, http.RequestAborted);
        await http.WriteJsonAsync(StatusCodes.Status200OK, new BudgetSubjectsResponse(found.Items, found.HasMore), ServerJson.Default.BudgetSubjectsResponse);
    }

    static Task WriteAsync(HttpContext http, Budget budget) =>
        http.WriteJsonAsync(StatusCodes.Status200OK, budget, budget.UpdatedAt, ServerJson.Default.Budget);
}
