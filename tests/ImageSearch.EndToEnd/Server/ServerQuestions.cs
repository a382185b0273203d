using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace ImageSearch.EndToEnd.Server;

/// <summary>Questions that a server must refuse.</summary>
internal static class ServerQuestions
{
    /// <summary>The problem that an answer must be, with its status.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Problem)> ProblemAsync(Task<HttpResponseMessage> question)
    {
        using var answer = await question;
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("title").GetString()));
        return (answer.StatusCode, problem);
    }
}
