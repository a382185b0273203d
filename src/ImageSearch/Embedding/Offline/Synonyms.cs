namespace ImageSearch.Embedding.Offline;

/// <summary>A small table of everyday English words that people use for the same thing in pictures.</summary>
internal static class Synonyms
{
    private const string Table =
        """
        dog puppy hound pup canine
        cat kitten kitty feline
        horse pony foal mare stallion
        cow cattle bull calf
        sheep lamb
        pig piglet hog
        bird fowl
        chicken hen rooster
        rabbit bunny hare
        bug insect beetle
        plane airplane aeroplane aircraft airliner jet
        car automobile auto
        truck lorry
        bike bicycle cycle
        motorbike motorcycle
        boat ship vessel
        train railway railroad locomotive
        street road
        sea ocean
        beach shore coast seaside
        river stream creek
        forest wood woodland
        hill mountain
        flower blossom bloom
        plant vegetation
        house home cottage
        building architecture
        church cathedral chapel
        shop store
        person people human
        man gentleman guy
        woman lady
        child kid children toddler
        boy lad
        girl lass
        baby infant
        friend buddy
        wedding marriage bride groom
        party celebration
        holiday vacation trip travel journey
        birthday anniversary
        food meal dish
        drink beverage
        cake pastry
        sweet candy
        cup mug
        couch sofa
        television tv
        phone cellphone telephone smartphone
        computer laptop pc
        picture painting artwork
        drawing sketch illustration cartoon
        stone rock
        dusk sunset twilight
        dawn sunrise
        autumn fall
        snow winter
        night midnight
        sport game
        football soccer
        big large huge
        small little tiny
        happy smile smiling
        """;

    private static readonly Lazy<Dictionary<string, string[]>> Concepts = new(Read);

    /// <summary>The names of the groups that a stem belongs to; empty for most.</summary>
    public static IReadOnlyList<string> ConceptsOf(string stem) => Concepts.Value.GetValueOrDefault(stem) ?? [];

    private static Dictionary<string, string[]> Read() => Table
        .Split('\n', StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' '))
        .SelectMany(group => group.Select(word => (Stem: WordStem.Of(word), Concept: group[0])))
        .GroupBy(entry => entry.Stem, entry => entry.Concept, StringComparer.Ordinal)
        .ToDictionary(entries => entries.Key, entries => entries.Distinct().ToArray(), StringComparer.Ordinal);
}
