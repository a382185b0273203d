using ImageSearch.Spending;
using ImageSearch.Testing.Bedrock;
using ImageSearch.Tests.Bedrock;
using ImageSearch.Vision;

namespace ImageSearch.Tests.Vision;

/// <summary>The models that the stand-in knows, and clients of them.</summary>
internal static class VisionModels
{
    public const string Claude = VisionModel.DefaultId;
    public const string Llama = "us.meta.llama4-maverick-17b-instruct-v1:0";
    public const string Pixtral = "us.mistral.pixtral-large-2502-v1:0";

    public static ConverseChatClient Client(FakeBedrock server, string model = Claude, ConverseOptions? options = null) =>
        new(TestClient.Of(server), (options ?? new ConverseOptions()) with { ModelId = model });

    public static ModelPrice PriceOf(string model) => PriceList.Find(model) ?? ModelPrice.Unknown(model);
}
