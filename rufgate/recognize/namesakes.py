"""Everyday English words that people are called, too: a capital makes them doubtful.

In:  nothing.
Out: ``NAMESAKES``, lower case. They are neither plain words nor plain names: what a model says of
     them counts for more than of other everyday words.
"""

from __future__ import annotations

from typing import Final

_TRADES = """
abbot archer baker barber baron bishop brewer butcher butler carpenter carter chandler chaplain
clark constable cook cooper crofter dancer dean draper driver duke dyer earl farmer fisher
fletcher forester forster foster fowler fuller gardener gardner glover goldsmith granger harper
hooper hunter judge king knight major marshal marshall mason mayor merchant miller miner monk page
palmer parson parsons piper plummer pope porter potter priest prince prior reeve rider sadler
sailor salter sawyer shearer shepherd singer skinner slater smith spencer spicer squire steward
stringer tanner taylor thatcher tiler tinker tucker turner usher walker waller ward warden warner
weaver webster wheeler wright
"""
_NATURE = """
amber ash ashes autumn bay beach bear berry birch bird bloom blossom branch bridges brook brooks
bull burns bush clay cliff cloud colt coral crane crow crystal daisy dale dawn day diamond dove
drake eagle falcon fern field fields finch fish flint flood flower flowers ford forest fox frost
gale garland glen gold grove gull hart hawk hay hazel heath heather hedge herring hill hills holly
hurst iris ivy jade jay lake lamb lane lark laurel leaf lilac lily lion lodge lynx marsh martin
meadow meadows mill mills moon moor moss moth nightingale north oak olive opal orchard park
partridge peacock pearl penny pike pine pond pool poppy rain raven reed ridge river rivers robin
rock rose rowan ruby rush sage salmon sands silver snow sparrow spring star starling sterling
stone storm summer summers swallow swan swift thorn thorne vale violet waters well wells west
willow winter winters wolf wood woods wren yew
"""
_QUALITIES = """
black blessing blue bold bright brown buddy bunny chance charity christian clement close comfort
constant cross curly darling dear destiny dusty early english ernest faith favour felicity frank
french friend gay gentle ginger good goodman goodwill grace grant gray green grey guy happy hardy
harmony honor honour hope innocent jolly joy justice keen little lofty long love lovejoy loveless
low lucky mark max may melody mercy merry miles moody neat nobby noble nobody old olden patience
peace pleasant precious promise proud prudence purity queen rich rocky royal rusty sandy savage
scott serenity sharp short sober sonny spud stark stern still stout strange strong sunny sweet
swiftly tich tidy trinity true unity verity white wild wise worth young younger
"""
_THINGS = """
april august banks barrow basil bass battle beck bell bill bob bolt bond booth boyd burger burrow
cain carol cash castle chase cherry christmas chuck church coats cole cornwall court cousins
cracknell crook cummings curry dick dolly dot drew drum easter eve flower forge france friday
gates gene german gore gray green hall ham hood hook hooker horn hunt jack jean jewel joint june
kidd kitchen lace lance law locke long lord mace mars mead mike molly monday nash neck needle nick
norm norman onions outlaw parks pat peck penny pepper pickles pitt pound pratt price pugh queen
ray rice rob roe roman rowe rudd sale savage sewell shaw short son spark spring star steel sue
sugar sunday tate temple thistle tom tower tulip turnbull twist victor viola violet virgo wade wax
webb weeks weir will winks witt
"""

NAMESAKES: Final = frozenset((_TRADES + _NATURE + _QUALITIES + _THINGS).split())
