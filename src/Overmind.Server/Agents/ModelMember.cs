using Overmind.Errors;
using Overmind.Models;
using Overmind.Server.Http;

namespace Overmind.Server.Agents;

/// <summary>A model in a body.</summary>
static class ModelMember
{
    /// <param name="path">What is before the name where the error tells it, as <c>models.</c></param>
    public static ModelReference? Model(this JsonMembers members, string name, string path = "") =>
        members.Text(name) is { } text ? Read(text, path + name) : null;

    public static ModelReference RequiredModel(this JsonMembers members, string name) => Read(members.RequiredText(name), name);

    static ModelReference Read(string text, string param) => ModelReference.Parse(text)
        ?? throw new OvermindException(ErrorCode.InvalidValue, $"{param} is a provider and a model, as offline/offline.", param);
}
