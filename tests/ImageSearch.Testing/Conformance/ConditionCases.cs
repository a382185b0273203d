using ImageSearch.Collections;
using Xunit;

namespace ImageSearch.Testing.Conformance;

/// <summary>For each condition a change that makes it hold for a plain picture, and one that, if only just, does not.</summary>
public static class ConditionCases
{
    public static IReadOnlyDictionary<string, ConditionCase> All { get; } = new Dictionary<string, ConditionCase>
    {
        ["library"] = new(new ImageCondition.InLibrary("PHOTOS"), p => p, p => p with { Library = "photos2" }),
        ["path contains"] = new(new ImageCondition.PathMatches("ROM"), p => p with { Path = "2024/rome/a.jpg" }, p => p with { Path = "2024/milan/a.jpg" }),
        ["path glob is whole"] = new(new ImageCondition.PathMatches("rome*"), p => p with { Path = "rome/a.jpg" }, p => p with { Path = "2024/rome/a.jpg" }),
        ["path question mark"] = new(new ImageCondition.PathMatches("?.jpg"), p => p with { Path = "ä.jpg" }, p => p with { Path = "ab.jpg" }),
        ["path percent is itself"] = new(new ImageCondition.PathMatches("100%*"), p => p with { Path = "100%.jpg" }, p => p with { Path = "100.jpg" }),
        ["path underscore is itself"] = new(new ImageCondition.PathMatches("a_*"), p => p with { Path = "a_b.jpg" }, p => p with { Path = "ab.jpg" }),
        ["path backslash is itself"] = new(new ImageCondition.PathMatches("a\\*"), p => p with { Path = "a\\b.jpg" }, p => p with { Path = "ab.jpg" }),
        ["folder path"] = new(new ImageCondition.InFolder("2024/Rome"), p => p with { Path = "2024/rome/day 1/a.jpg" }, p => p with { Path = "x/2024/rome/a.jpg" }),
        ["folder path ends at a name"] = new(new ImageCondition.InFolder("2024/rome"), p => p with { Path = "2024/rome/a.jpg" }, p => p with { Path = "2024/romeo/a.jpg" }),
        ["folder name anywhere"] = new(new ImageCondition.InFolder("rome"), p => p with { Path = "x/ROME/y/a.jpg" }, p => p with { Path = "x/y/rome" }),
        ["format"] = new(new ImageCondition.HasFormat("PNG"), p => p with { Format = "png" }, p => p),
        ["content"] = new(new ImageCondition.HasContent(SamplePictures.HashOf("x").ToUpperInvariant()), p => p with { Sha256 = SamplePictures.HashOf("x") }, p => p),
        ["taken from is inside"] = new(new ImageCondition.TakenWithin(new DateTime(2024, 1, 1), null), p => p with { TakenAt = new DateTime(2024, 1, 1) }, p => p with { TakenAt = new DateTime(2024, 1, 1).AddTicks(-1) }),
        ["taken until is outside"] = new(new ImageCondition.TakenWithin(null, new DateTime(2024, 1, 1)), p => p with { TakenAt = new DateTime(2024, 1, 1).AddTicks(-1) }, p => p with { TakenAt = new DateTime(2024, 1, 1) }),
        ["taken at all"] = new(new ImageCondition.TakenWithin(null, null), p => p with { TakenAt = new DateTime(2024, 1, 1) }, p => p),
        ["camera"] = new(new ImageCondition.CameraContains("eos"), p => p with { Camera = "Canon EOS" }, p => p),
        ["lens"] = new(new ImageCondition.CameraContains("50MM"), p => p with { Lens = "EF 50mm" }, p => p with { Camera = "Canon" }),
        ["near across the date line"] = new(new ImageCondition.Near(0, 179.99, 10), p => p with { Latitude = 0, Longitude = -179.99 }, p => p with { Latitude = 0, Longitude = 179.8 }),
        ["near at the pole"] = new(new ImageCondition.Near(90, 0, 100), p => p with { Latitude = 89.5, Longitude = 133 }, p => p with { Latitude = 88.9, Longitude = 0 }),
        ["width"] = new(new ImageCondition.WidthWithin(640, 640), p => p, p => p with { Width = 641 }),
        ["height"] = new(new ImageCondition.HeightWithin(null, 480), p => p, p => p with { Height = 481 }),
        ["rating"] = new(new ImageCondition.RatingWithin(4, null), p => p with { Rating = 4 }, p => p),
        ["colour"] = new(new ImageCondition.HasColour("Red", 0.1f), p => p with { Colours = [new("red", 0.1f)] }, p => p with { Colours = [new("red", 0.0999f), new("green", 0.9f)] }),
        ["colour at all"] = new(new ImageCondition.HasColour("red", 0), p => p with { Colours = [new("red", 0.01f)] }, p => p),
        ["tag"] = new(new ImageCondition.HasTag("NEW YORK"), p => p with { Tags = ["x", "New York"] }, p => p with { Tags = ["New", "York"] }),
        ["tag with quotes"] = new(new ImageCondition.HasTag("'); DROP TABLE points; --"), p => p with { Tags = ["'); drop table points; --"] }, p => p),
        ["phrase"] = new(new ImageCondition.HasPhrase("red dog"), p => p with { Words = "A Red Dog." }, p => p with { Words = "red dogs" }),
        ["phrase with punctuation"] = new(new ImageCondition.HasPhrase("c++"), p => p with { Words = "learn C++ now" }, p => p with { Words = "learn c now" }),
        ["phrase of punctuation"] = new(new ImageCondition.HasPhrase("!?"), p => p with { Words = "what!?" }, p => p with { Words = "what?!" }),
        ["phrase keeps accents"] = new(new ImageCondition.HasPhrase("café"), p => p with { Words = "the CAFÉ" }, p => p with { Words = "the cafe" }),
        ["phrase in Chinese"] = new(new ImageCondition.HasPhrase("京都"), p => p with { Words = "東京都庁" }, p => p with { Words = "東京" }),
        ["phrase of emoji"] = new(new ImageCondition.HasPhrase("🌻"), p => p with { Words = "a 🌻" }, p => p with { Words = "a 🌼" }),
        ["word in another form"] = new(new ImageCondition.HasWord("flowers"), p => p with { Words = "one flower" }, p => p with { Words = "flowerbed" }),
        ["word without accents"] = new(new ImageCondition.HasWord("cafe"), p => p with { Words = "Café" }, p => p with { Words = "cafeteria" }),
        ["word in Chinese"] = new(new ImageCondition.HasWord("東京"), p => p with { Words = "これは東京です" }, p => p with { Words = "京東" }),
        ["not"] = new(new ImageCondition.Not(new ImageCondition.RatingWithin(1, 5)), p => p, p => p with { Rating = 3 }),
        ["any"] = new(new ImageCondition.Any([new ImageCondition.HasTag("a"), new ImageCondition.HasTag("b")]), p => p with { Tags = ["b"] }, p => p with { Tags = ["c"] }),
        ["not any of none"] = new(new ImageCondition.Not(new ImageCondition.Any([new ImageCondition.HasTag("c")])), p => p, p => p with { Tags = ["c"] }),
    };

    public static TheoryData<string> Names { get; } = [.. All.Keys];
}
