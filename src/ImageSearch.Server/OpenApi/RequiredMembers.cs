using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;

namespace ImageSearch.Server.OpenApi;

/// <summary>
/// Members that can be null are left out where there is nothing to say, and may be left out of what is sent; all others are always there.
/// </summary>
internal static class RequiredMembers
{
    /// <summary>Says so in the schema of a type.</summary>
    public static void Apply(OpenApiSchema schema, JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || schema.Properties is not { Count: > 0 } properties)
        {
            return;
        }

        schema.Required = new HashSet<string>();
        foreach (var member in type.Properties.Where(member => properties.ContainsKey(member.Name)))
        {
            if (!CanBeNull(member))
            {
                _ = schema.Required.Add(member.Name);
            }
            else if (properties[member.Name] is OpenApiSchema { Type: { } kind } value)
            {
                value.Type = kind & ~JsonSchemaType.Null;
            }
        }
    }

    private static bool CanBeNull(JsonPropertyInfo member) =>
        Nullable.GetUnderlyingType(member.PropertyType) is not null || member is { IsGetNullable: true, PropertyType.IsValueType: false };
}
