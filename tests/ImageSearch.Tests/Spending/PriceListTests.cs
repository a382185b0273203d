using ImageSearch.Spending;
using Xunit;

namespace ImageSearch.Tests.Spending;

public sealed class PriceListTests
{
    [Theory]
    [InlineData("amazon.titan-embed-image-v1")]
    [InlineData("arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-image-v1")]
    [InlineData("us.cohere.embed-v4:0")]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:inference-profile/global.cohere.embed-v4:0")]
    [InlineData("amazon.nova-2-multimodal-embeddings-v1:0")]
    public void A_model_is_found_by_its_id_its_profile_and_its_arn(string model)
    {
        Assert.Equal(model, PriceList.Find(model)?.Model);
    }

    [Theory]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abcdefghijkl")]
    [InlineData("amazon.titan-embed-text-v1")]
    [InlineData("")]
    public void What_costs_by_the_hour_or_is_not_known_has_no_price(string model)
    {
        Assert.Null(PriceList.Find(model));
    }

    [Fact]
    public void A_million_pictures_cost_60_dollars_with_titan_and_half_by_batch()
    {
        var titan = PriceList.Find("amazon.titan-embed-image-v1")!;

        Assert.Equal(60m, titan.Of(new SpendUsage(1_000_000, 0)));
        Assert.Equal(30m, titan.ForBatch()!.Of(new SpendUsage(1_000_000, 0)));
        Assert.Equal(0.0008m, titan.Of(new SpendUsage(0, 1000)));
    }

    [Fact]
    public void Where_no_batch_price_is_known_there_is_none()
    {
        Assert.Null(PriceList.Find("cohere.embed-v4:0")!.ForBatch());
    }

    [Fact]
    public void Answers_are_paid_for_by_their_tokens()
    {
        var price = new ModelPrice("chat", 0, 0.003m, new DateOnly(2026, 1, 1)) { PerThousandOutputTokens = 0.015m };

        Assert.Equal(0.018m, price.Of(new SpendUsage(5, 1000, 1000)));
    }

    [Fact]
    public void Every_price_says_where_and_when_it_was_found()
    {
        Assert.All(PriceList.All, price =>
        {
            Assert.NotEqual("settings", price.Source);
            Assert.InRange(price.AsOf, new DateOnly(2026, 1, 1), new DateOnly(2100, 1, 1));
        });
    }
}
