using ImageSearch.Server.Safety;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ImageSearch.Server.OpenApi;

/// <summary>What the API is, as an OpenAPI document that clients are generated from.</summary>
internal static class ApiDocument
{
    private const string Path = "/api/openapi.json";
    private const string ProblemSchema = "Problem";

    /// <summary>Adds what makes the document.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddSchemaTransformer((schema, context, _) =>
        {
            RequiredMembers.Apply(schema, context.JsonTypeInfo);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer((operation, context, _) =>
        {
            // One endpoint answers both, and each operation has an id of its own.
            operation.OperationId += context.Description.HttpMethod == HttpMethods.Head ? "Head" : "";
            AddProblem(operation, context.Document);
            AddUpload(operation);
            return Task.CompletedTask;
        });
    });

    /// <summary>Answers with the document.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi(Path).NeedsNoKey();

    private static async Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ImageSearch",
            Version = "1",
            Description = "Search of indexed pictures by words, by pictures and by facts. docs/query-language.md has the query language, docs/api.md has examples.",
        };

        // The address that was asked is one of many.
        document.Servers = [new OpenApiServer { Url = "/" }];
        _ = document.AddComponent(ProblemSchema, await ProblemAsync(context, cancellationToken));
    }

    private static async Task<OpenApiSchema> ProblemAsync(OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), parameterDescription: null, cancellationToken);
        schema.Description = "What went wrong, in the form of RFC 9457.";
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties["dependency"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "What is away: collection, embedding or library; absent where nothing is.",
        };
        schema.Required = new HashSet<string> { "status", "title" };
        return schema;
    }

    // The endpoint reads its body itself, so that nothing else knows of it.
    private static void AddUpload(OpenApiOperation operation)
    {
        if (operation.OperationId == "upload")
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Description = "The bytes of the picture.",
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/octet-stream"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } },
                },
            };
        }
    }

    private static void AddProblem(OpenApiOperation operation, OpenApiDocument? document)
    {
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "A problem.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(ProblemSchema, document) },
            },
        };
    }
}
