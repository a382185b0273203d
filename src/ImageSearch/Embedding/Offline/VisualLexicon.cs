using System.Globalization;
using ImageSearch.Imaging;

namespace ImageSearch.Embedding.Offline;

/// <summary>
/// What common English words look like: names of colours, of light, and of scenes whose colours and layout are much the same
/// from picture to picture. A word that is not here says nothing about looks.
/// </summary>
internal static class VisualLexicon
{
    // A line: words | place share colours; place share colours …  Colours are sRGB in hexadecimal, in equal parts.
    private const string Table =
        """
        red crimson scarlet ruby cherry vermilion | all .2 d8202a b01820 f04438 901418
        maroon burgundy wine | all .2 701828 8a2038 5a1020
        pink rose rosy fuchsia | all .2 f4a0b8 ee6c9c e84888 f8c8d4
        magenta | all .2 d8209c c03088 e850b0
        orange tangerine amber | all .2 f08020 e86a10 f8a040 d86008
        yellow lemon golden gold mustard | all .2 f6d820 e8b818 fae468 d8a810
        green emerald lime olive | all .2 2f8f3a 4cae50 1c6428 86b83c
        turquoise teal cyan aqua aquamarine | all .2 20b0b0 40c8c8 108088 88dede
        blue azure cobalt sapphire | all .2 2458c8 4080e0 183c90 6ca8ec
        navy indigo | all .2 182858 202a70 101c40
        purple violet lavender lilac mauve | all .2 7c3ca8 9860c8 583080 b898dc
        brown chestnut chocolate tan bronze copper | all .2 7a4a28 5c3418 986840 b08860
        beige cream ivory sand sandy | all .2 e4d4b4 d0b890 f0e6d0
        black | all .2 080808 181818 101014
        white | all .2 fafafa f0f0f0 ffffff
        grey gray silver | all .2 808080 a4a4a4 606060
        monochrome greyscale grayscale blackandwhite | all .9 202020 585858 909090 d0d0d0
        sepia | all .8 705840 a08860 d0bc94 382818
        dark darkness dim gloomy shadow night midnight | all .7 0a0a10 16161e 242430
        bright sunny daylight | all .5 ffffff f4f4ee d8e4f4 f4e8c8
        pale pastel light | all .5 f4eef0 e8eef4 f4f0e0 e4f0e4
        colourful colorful vivid rainbow | all .7 e02828 f08818 f4d818 2ca040 2860d0 8838b0
        sky | top .8 86b8e8 5a94d8 b4d4f2
        cloud cloudy overcast | top .8 e4e8ec c4ccd4 a4acb8
        fog foggy mist misty haze hazy | all .7 ccd2d6 b4bcc2 dce0e2
        storm stormy | top .8 586068 404850 788088
        sun sunshine | top .5 fff8c8 ffe070 fff0a0
        sunset sunrise dusk dawn twilight | top .7 f08030 e05038 f4b060 803858; bottom .6 201820 3c2430
        sea ocean water lake river wave swimming pool | bottom .7 2c6c9c 1c4c74 4c94b8
        underwater diving reef | all .8 1c6c98 104868 2c94b8
        beach shore coast seaside | top .6 86b8e8 b4d4f2; bottom .7 dcc89c ccb07c ecdcb8
        desert dune | top .5 86b8e8 a8ccee; bottom .8 d09858 c08040 e0b478
        grass lawn meadow field pasture | bottom .8 4c8030 68a040 38641f
        forest wood woodland jungle rainforest tree leaf leave foliage | all .7 2c5020 1c3814 48702c 608840
        garden park | all .5 3c7030 588c3c 2c5020
        autumn fall | all .6 c06820 d89030 984818 b83820
        snow snowy winter | bottom .8 f4f6fa e4eaf2 d4deec; top .4 d4e0ec b8c8dc
        ice icy iceberg glacier | all .7 dcecf4 b4d4e4 8cbcd4
        fire flame blaze bonfire lava | centre .7 f8a020 f06010 fce050 c02808
        space galaxy nebula starry stars | all .9 040408 08080e 10101a
        moon | all .7 060608 0e0e10; centre .4 c8c8c4 989894
        mountain hill cliff | top .5 90b8e0 b8d0e8; bottom .6 5c6450 707868 48523c
        skin face portrait | centre .5 d8a888 c08c6c e8c4a8
        blood strawberry tomato | centre .6 c81c20 a01418 e03830
        banana sunflower | centre .6 f0d028 e0b820 f8e058
        cucumber broccoli | centre .6 4c8c2c 6cac3c
        """;

    // Adjectives that change the colours of the word after them, where it has no place of its own: "dark blue", "dark forest".
    private static readonly Dictionary<string, (float Towards, float Amount)> Shades = new(StringComparer.Ordinal)
    {
        ["dark"] = (0, 0.5f),
        ["deep"] = (0, 0.35f),
        ["light"] = (255, 0.5f),
        ["pale"] = (255, 0.6f),
        ["bright"] = (255, 0.15f),
    };

    private static readonly Lazy<Dictionary<string, Entry>> Entries = new(Read);

    /// <summary>The strokes of all words that are known, in the order of the text; an adjective of shade goes with the colour after it.</summary>
    public static IReadOnlyList<SketchStroke> StrokesOf(IReadOnlyList<string> words)
    {
        var strokes = new List<SketchStroke>();
        for (var at = 0; at < words.Count; at++)
        {
            if (at + 1 < words.Count && Shades.TryGetValue(words[at], out var shade)
                && Find(words[at + 1]) is { IsEverywhere: true } colour)
            {
                strokes.AddRange(colour.Shaded(shade.Towards, shade.Amount));
                at++;
            }
            else if (at + 2 < words.Count && words[at] == "black" && words[at + 1] == "and" && words[at + 2] == "white")
            {
                strokes.AddRange(Find("monochrome")!.Strokes);
                at += 2;
            }
            else if (Find(words[at]) is { } entry)
            {
                strokes.AddRange(entry.Strokes);
            }
        }

        return strokes;
    }

    private static Entry? Find(string word) =>
        Entries.Value.TryGetValue(word, out var entry) || Entries.Value.TryGetValue(WordStem.Of(word), out entry) ? entry : null;

    private static Dictionary<string, Entry> Read()
    {
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        foreach (var line in Table.Split('\n', StringSplitOptions.TrimEntries))
        {
            var halves = line.Split('|', StringSplitOptions.TrimEntries);
            var entry = new Entry([.. halves[1].Split(';', StringSplitOptions.TrimEntries).Select(ReadStroke)]);
            foreach (var word in halves[0].Split(' '))
            {
                entries.TryAdd(word, entry);
                entries.TryAdd(WordStem.Of(word), entry);
            }
        }

        return entries;
    }

    private static PaintStroke ReadStroke(string text)
    {
        var parts = text.Split(' ');
        return new PaintStroke(
            Enum.Parse<SketchPlace>(parts[0], ignoreCase: true),
            float.Parse(parts[1], CultureInfo.InvariantCulture),
            [.. parts[2..].Select(colour => int.Parse(colour, NumberStyles.HexNumber, CultureInfo.InvariantCulture))]);
    }

    private sealed record PaintStroke(SketchPlace Place, float Share, int[] Colours)
    {
        public SketchStroke Shaded(float towards, float amount) => new(Place, Share, [.. Colours.Select(colour => Oklab.OfSrgb(
            Mix((colour >> 16) & 0xFF, towards, amount), Mix((colour >> 8) & 0xFF, towards, amount), Mix(colour & 0xFF, towards, amount)))]);

        private static float Mix(int channel, float towards, float amount) => channel + ((towards - channel) * amount);
    }

    private sealed class Entry(IReadOnlyList<PaintStroke> strokes)
    {
        public IReadOnlyList<SketchStroke> Strokes { get; } = [.. strokes.Select(stroke => stroke.Shaded(0, 0))];

        public bool IsEverywhere => strokes is [{ Place: SketchPlace.All }];

        public IEnumerable<SketchStroke> Shaded(float towards, float amount) => strokes.Select(stroke => stroke.Shaded(towards, amount));
    }
}
