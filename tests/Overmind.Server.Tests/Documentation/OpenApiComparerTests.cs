using System.Text.Json.Nodes;

namespace Overmind.Server.Tests.Documentation;

public class OpenApiComparerTests
{
    const string Released = """
        {
          "paths": {
            "/v1/boats/{boat_id}": {
              "parameters": [{"name": "boat_id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}}],
              "get": {
                "operationId": "getBoat",
                "parameters": [{"$ref": "#/components/parameters/limit"}, {"name": "kind", "in": "query", "schema": {"type": "string", "enum": ["sail", "oar"]}}],
                "responses": {
                  "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Boat"}}}},
                  "default": {"$ref": "#/components/responses/Problem"}
                }
              },
              "patch": {
                "operationId": "updateBoat",
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/BoatChanges"}}}},
                "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Boat"}}}}}
              }
            }
          },
          "components": {
            "parameters": {"limit": {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}}},
            "responses": {"Problem": {"content": {"application/problem+json": {"schema": {"type": "object", "properties": {"code": {"type": "string"}}, "required": ["code"]}}}}},
            "schemas": {
              "Boat": {
                "type": "object",
                "properties": {
                  "object": {"const": "boat"},
                  "name": {"type": "string"},
                  "length": {"type": ["number", "null"]},
                  "built_at": {"type": "string", "format": "date-time"},
                  "crew": {"type": "array", "items": {"type": "string"}},
                  "tender": {"$ref": "#/components/schemas/Boat"}
                },
                "required": ["object", "name"]
              },
              "BoatChanges": {
                "type": "object",
                "properties": {"name": {"type": ["string", "null"], "maxLength": 100}, "kind": {"type": "string", "enum": ["sail", "oar"]}}
              }
            }
          }
        }
        """;

    public static TheoryData<string, string, string?> Changes() => new()
    {
        { "/paths/~1v1~1boats~1{boat_id}", "-", "GET /v1/boats/{boat_id} is gone" },
        { "/paths/~1v1~1boats~1{boat_id}/patch", "-", "PATCH /v1/boats/{boat_id} is gone" },
        { "/paths/~1v1~1boats~1{boat_id}/get/operationId", "\"readBoat\"", "GET /v1/boats/{boat_id} is no longer called getBoat" },
        { "/paths/~1v1~1boats~1{boat_id}/get/parameters/1", "-", "GET /v1/boats/{boat_id} no longer takes kind" },
        { "/paths/~1v1~1boats~1{boat_id}/get/parameters/1/required", "true", "GET /v1/boats/{boat_id} now requires kind" },
        { "/paths/~1v1~1boats~1{boat_id}/get/parameters/1/schema/enum", """["sail"]""", "GET /v1/boats/{boat_id} kind no longer takes \"oar\"" },
        { "/paths/~1v1~1boats~1{boat_id}/get/parameters/2", """{"name": "port", "in": "query", "required": true, "schema": {}}""", "GET /v1/boats/{boat_id} now requires port" },
        { "/components/parameters/limit/schema/maximum", "50", "GET /v1/boats/{boat_id} limit now has the maximum 50" },
        { "/components/parameters/limit/schema/minimum", "2", "GET /v1/boats/{boat_id} limit now has the minimum 2" },
        { "/paths/~1v1~1boats~1{boat_id}/get/responses/200", "-", "GET /v1/boats/{boat_id} no longer answers 200" },
        { "/paths/~1v1~1boats~1{boat_id}/get/responses/200/content", """{"text/plain": {}}""", "GET /v1/boats/{boat_id} 200 is no longer application/json" },
        { "/paths/~1v1~1boats~1{boat_id}/patch/requestBody/required", "true", "PATCH /v1/boats/{boat_id} now requires a body" },
        { "/components/responses/Problem/content/application~1problem+json/schema/properties/code", "-", "GET /v1/boats/{boat_id} default.code is gone" },
        { "/components/schemas/Boat/properties/name", "-", "GET /v1/boats/{boat_id} 200.name is gone" },
        { "/components/schemas/Boat/properties/name/type", "\"integer\"", "GET /v1/boats/{boat_id} 200.name may now be integer" },
        { "/components/schemas/Boat/properties/name/type", """["string", "null"]""", "GET /v1/boats/{boat_id} 200.name may now be null" },
        { "/components/schemas/Boat/properties/object/const", "\"ship\"", "GET /v1/boats/{boat_id} 200.object is no longer \"boat\"" },
        { "/components/schemas/Boat/properties/built_at/format", "\"date\"", "GET /v1/boats/{boat_id} 200.built_at has the format date instead of date-time" },
        { "/components/schemas/Boat/properties/crew/items/type", "\"object\"", "GET /v1/boats/{boat_id} 200.crew[] may now be object" },
        { "/components/schemas/Boat/required", """["object"]""", "GET /v1/boats/{boat_id} 200.name may now be left out" },
        { "/components/schemas/BoatChanges/properties/name", "-", "PATCH /v1/boats/{boat_id} body.name is gone" },
        { "/components/schemas/BoatChanges/properties/name/type", "\"string\"", "PATCH /v1/boats/{boat_id} body.name no longer takes null" },
        { "/components/schemas/BoatChanges/properties/name/maxLength", "99", "PATCH /v1/boats/{boat_id} body.name now has the maxLength 99" },
        { "/components/schemas/BoatChanges/properties/name/pattern", "\"^[a-z]$\"", "PATCH /v1/boats/{boat_id} body.name now has the pattern ^[a-z]$" },
        { "/components/schemas/BoatChanges/properties/kind/enum", """["oar", "motor"]""", "PATCH /v1/boats/{boat_id} body.kind no longer takes \"sail\"" },
        { "/components/schemas/BoatChanges/required", """["name"]""", "PATCH /v1/boats/{boat_id} body.name is now required" },

        { "/paths/~1v1~1harbours", """{"get": {}}""", null },
        { "/paths/~1v1~1boats~1{boat_id}/delete", "{}", null },
        { "/paths/~1v1~1boats~1{boat_id}/get/parameters/2", """{"name": "port", "in": "query", "schema": {}}""", null },
        { "/paths/~1v1~1boats~1{boat_id}/get/responses/202", "{}", null },
        { "/components/parameters/limit/schema/maximum", "500", null },
        { "/components/schemas/Boat/properties/colour", """{"type": "string"}""", null },
        { "/components/schemas/Boat/properties/length/type", "\"integer\"", null },
        { "/components/schemas/Boat/description", "\"It swims.\"", null },
        { "/components/schemas/BoatChanges/properties/colour", """{"type": "string"}""", null },
        { "/components/schemas/BoatChanges/properties/kind/enum", """["sail", "oar", "motor"]""", null },
    };

    [Theory, MemberData(nameof(Changes))]
    public void A_change_that_breaks_a_caller_is_found_and_no_other(string place, string value, string? found)
    {
        var changed = JsonNode.Parse(Released)!;
        Set(changed, [.. place[1..].Split('/').Select(part => part.Replace("~1", "/"))], value == "-" ? null : JsonNode.Parse(value));
        var breaks = OpenApiComparer.Breaks(JsonNode.Parse(Released)!, changed);
        if (found is null)
            breaks.ShouldBeEmpty();
        else
            breaks.ShouldContain(found);
    }

    [Fact]
    public void An_API_that_has_not_changed_breaks_nobody() =>
        OpenApiComparer.Breaks(JsonNode.Parse(Released)!, JsonNode.Parse(Released)!).ShouldBeEmpty();

    static void Set(JsonNode root, string[] path, JsonNode? value)
    {
        var parent = path[..^1].Aggregate(root, (at, part) => at is JsonArray list ? list[int.Parse(part)]! : at[part]!);
        switch (parent)
        {
            case JsonArray list when value is null:
                list.RemoveAt(int.Parse(path[^1]));
                break;
            case JsonArray list:
                list.Insert(int.Parse(path[^1]), value);
                break;
            case JsonObject members when value is null:
                members.Remove(path[^1]);
                break;
            default:
                parent[path[^1]] = value;
                break;
        }
    }
}
